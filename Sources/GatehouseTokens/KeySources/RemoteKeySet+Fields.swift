import HTTPTypes

extension RemoteKeySet.Configuration {
    /// The names of the fields that the request or the transport sets.
    private static let ownFields: Set<String> = [
        "accept", "accept-encoding", "connection", "content-length", "host", "transfer-encoding",
    ]

    /// Throws if a further field has a name that the request or the transport sets.
    func requireFields() throws(SettingError) {
        for field in headerFields where Self.ownFields.contains(field.name.canonicalName) {
            let message = "the request field “\(field.name.rawName.printable)” is not for the configuration to set"
            throw SettingError(.malformed, "headerFields", message)
        }
    }
}

// The address and the fields may hold secrets.
extension RemoteKeySet.Configuration: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The address without query and user info, and the names of the fields.
    public var description: String { "\(LoggedAddress(url)), fields: \(headerFields.names)" }
    /// The description.
    public var debugDescription: String { description }
    /// The parts of the description, and the times.
    public var customMirror: Mirror {
        Mirror(
            self,
            children: [
                "url": LoggedAddress(url).description, "headerFields": headerFields.names, "timeToLive": timeToLive,
                "timeToLiveBounds": timeToLiveBounds, "refreshAhead": refreshAhead, "staleLimit": staleLimit,
                "cooldown": cooldown, "deadline": deadline,
            ]
        )
    }
}
