#if Server
import GatehouseHTTP
import HTTPTypes

extension HTTPField.Name {
    // No unwrapping can fail: every byte of each literal is a token character (RFC 9110 section 5.6.2).
    static let forwardedFor = HTTPField.Name("X-Forwarded-For")!
    static let forwardedMethod = HTTPField.Name("X-Forwarded-Method")!
    static let forwardedURI = HTTPField.Name("X-Forwarded-Uri")!
    static let originalMethod = HTTPField.Name("X-Original-Method")!
    static let originalURI = HTTPField.Name("X-Original-URI")!
    static let gatehouseUser = HTTPField.Name("X-Gatehouse-User")!
    static let gatehouseOrganization = HTTPField.Name("X-Gatehouse-Organization")!
    static let gatehouseRole = HTTPField.Name("X-Gatehouse-Role")!
    static let gatehouseRefusal = HTTPField.Name("X-Gatehouse-Refusal")!
    static let gatehouseSession = HTTPField.Name("X-Gatehouse-Session")!
}

/// The name of a request in logs and answers.
enum RequestName {
    private static let maximumByteCount = 256

    /// Returns the `X-Request-Id` of a request if there is exactly one, of 1 to 256 bytes, and otherwise a new name.
    static func of(_ fields: HTTPFields) -> String {
        let ids = fields[values: .xRequestID]
        guard ids.count == 1, let id = ids.first, (1...maximumByteCount).contains(id.utf8.count), id.isLegal else {
            return MadeRequestID().description
        }
        return id
    }
}

extension String {
    /// True if the text is a field value (RFC 9110 section 5.5): no control character but tabs, and no blank at its ends. A byte that was
    /// not UTF-8 was read as U+FFFD, and could not be sent back unchanged.
    fileprivate var isLegal: Bool {
        func isBlank(_ byte: UInt8?) -> Bool { byte == 0x20 || byte == 0x09 }
        return utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 } && !isBlank(utf8.first)
            && !isBlank(utf8.last) && !unicodeScalars.contains("\u{FFFD}")
    }

    /// True if the text can be sent as the value of a field and arrive unchanged, and is not empty.
    var isFieldValue: Bool {
        utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } && utf8.first != 0x20 && utf8.last != 0x20
    }
}
#endif
