extension RemoteKeySet.Configuration {
    /// What the request or the transport itself says.
    private static let ownFields: Set<String> = [
        "accept", "accept-encoding", "connection", "content-length", "host", "transfer-encoding",
    ]

    /// Checks the further fields: a name that is a token and not one of our own, a value without control characters (RFC 9110
    /// sections 5.1 and 5.5).
    func requireFields() throws(KeySetError) {
        for field in fields {
            guard !field.name.isEmpty, field.name.utf8.allSatisfy(Self.isTokenCharacter) else {
                throw KeySetError(.unacceptableField, "a request field has a name that is none")
            }
            guard !Self.ownFields.contains(field.name.lowercased()) else {
                let message = "the request field “\(field.name.printable)” is not for the configuration to set"
                throw KeySetError(.unacceptableField, message)
            }
            guard field.value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
                let message = "the request field “\(field.name.printable)” has a control character in its value"
                throw KeySetError(.unacceptableField, message)
            }
        }
    }

    private static func isTokenCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}

// The address may hold a secret, and the fields may.
extension RemoteKeySet.Configuration: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The address without query and user info, and the fields' names.
    public var description: String { "\(LoggedAddress(url)), fields: \(fields.names)" }
    /// The same.
    public var debugDescription: String { description }
    /// The same, and the times.
    public var customMirror: Mirror {
        Mirror(
            self,
            children: [
                "url": LoggedAddress(url).description, "fields": fields.names, "timeToLive": timeToLive,
                "timeToLiveBounds": timeToLiveBounds, "refreshAhead": refreshAhead, "staleLimit": staleLimit,
                "cooldown": cooldown, "deadline": deadline,
            ]
        )
    }
}
