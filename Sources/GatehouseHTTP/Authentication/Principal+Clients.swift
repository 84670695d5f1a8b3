extension Principal {
    /// Returns true if the credential was given to one of these OAuth clients. Ids compare by bytes, and the empty one matches nothing.
    package func isOfClient(among clients: [String]) -> Bool {
        guard let clientID, !clientID.isEmpty else { return false }
        return clients.contains { $0.hasSameBytes(as: clientID) }
    }
}
