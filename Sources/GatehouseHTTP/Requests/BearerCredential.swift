/// The content of a request's `Authorization` field (RFC 6750 section 2.1). The query and the body are not read.
public enum BearerCredential: Sendable, Hashable {
    /// There is no such field.
    case absent
    /// There is more than one such field, another scheme, or a text that is not a token.
    case malformed
    /// There is one field with one token.
    case token(String)

    /// Reads the header fields of a request: exactly one `Authorization`, the scheme `Bearer` in any case, at least one space, and a
    /// `token68` (RFC 9110 sections 11.2 and 11.4). A tab does not count as a space.
    public init(_ fields: HTTPFields) {
        let credentials = fields[fields: .authorization]
        guard let credential = credentials.first else {
            self = .absent
            return
        }
        let token = credentials.count == 1 ? credential.withUnsafeBytesOfValue(Self.token) : nil
        self = token.map { .token($0) } ?? .malformed
    }

    private static func token(in value: UnsafeBufferPointer<UInt8>) -> String? {
        guard let token = parameter(in: value) else { return nil }
        let characters = token.prefix(while: isTokenCharacter)
        guard !characters.isEmpty, token[characters.endIndex...].allSatisfy({ $0 == UInt8(ascii: "=") }) else {
            return nil
        }
        return String(decoding: token, as: UTF8.self)
    }

    /// Returns the bytes after the scheme and its spaces; `nil` for another scheme.
    private static func parameter(in value: UnsafeBufferPointer<UInt8>) -> Slice<UnsafeBufferPointer<UInt8>>? {
        let scheme: StaticString = "bearer "
        let expected = UnsafeBufferPointer(start: scheme.utf8Start, count: scheme.utf8CodeUnitCount)
        guard UnsafeBufferPointer(rebasing: value.prefix(expected.count)).hasSameASCIIFoldedBytes(as: expected) else {
            return nil
        }
        return value.dropFirst(expected.count).drop { $0 == UInt8(ascii: " ") }
    }

    /// Returns the token of the only bearer credential of a request, if a verifier accepted the token before and still does; `nil` if there
    /// is no such credential, or more than one. The bytes are not checked, since an accepted token is well-formed.
    package static func token(in request: AuthorizationRequest, acceptedBy verifier: TokenVerifier) -> VerifiedToken? {
        request.withCredential { value in
            guard let token = parameter(in: value) else { return nil }
            return verifier.tokenAtHand(UnsafeBufferPointer(rebasing: token))
        }
    }

    private static func isTokenCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"), UInt8(ascii: "+"), UInt8(ascii: "/"):
            true
        default: false
        }
    }
}

extension BearerCredential: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The form of the credential, without the token.
    public var description: String {
        switch self {
        case .absent: "no credential"
        case .malformed: "a malformed credential"
        case .token(let token): "a bearer token of \(token.utf8.count) bytes"
        }
    }

    /// The description.
    public var debugDescription: String { description }

    /// A mirror that shows only the form.
    public var customMirror: Mirror { Mirror(self, children: ["form": description]) }
}
