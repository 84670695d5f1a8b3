extension Principal {
    /// Returns true if the credential belongs to one of these OAuth clients. Ids compare by bytes, and the empty id matches nothing.
    package func isOfClient(among clients: [String]) -> Bool {
        guard let clientID, !clientID.isEmpty else { return false }
        return clients.contains { $0.hasSameBytes(as: clientID) }
    }
}
