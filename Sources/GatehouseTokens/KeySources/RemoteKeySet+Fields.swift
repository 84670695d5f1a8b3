import HTTPTypes

extension RemoteKeySet.Configuration {
    /// Fields that the request or the transport itself sets.
    private static let ownFields: Set<String> = [
        "accept", "accept-encoding", "connection", "content-length", "host", "transfer-encoding",
    ]

    /// Refuses a further field that has the name of an own field.
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
