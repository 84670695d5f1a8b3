/// The rules for the name of a request in logs and answers.
enum RequestID {
    private static let maximumBytes = 128

    /// Returns the id in a request's `X-Request-Id` if there is exactly one, of 1 to 128 bytes of `A-Z a-z 0-9 . _ -`; `nil` otherwise.
    ///
    /// With any other text, the sender could write into a log or an answer.
    static func of(_ fields: HTTPFields) -> String? {
        let ids = fields[values: .xRequestID]
        guard ids.count == 1, let id = ids.first, (1...maximumBytes).contains(id.utf8.count),
            id.utf8.allSatisfy(isSane)
        else { return nil }
        return id
    }

    private static func isSane(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
