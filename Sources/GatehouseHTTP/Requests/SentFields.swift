import GatehouseBase

/// Header fields in a server's own form.
package protocol UnreadFields: Sendable {
    /// Calls `body` with each field in order, even if several fields have one name.
    func forEach(_ body: (_ name: String, _ value: String) -> Void)
}

/// The header fields of a request. A server's own fields are converted to `HTTPFields` only if more than the credential is needed.
enum SentFields: Sendable {
    case read(HTTPFields)
    case unread(any UnreadFields)

    /// The fields. A field with an invalid name is left out, since no guard reads such a field.
    var fields: HTTPFields {
        switch self {
        case .read(let fields): return fields
        case .unread(let unread):
            var fields = HTTPFields()
            unread.forEach { name, value in
                if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
            }
            return fields
        }
    }

    /// Calls `body` with the bytes of the only `Authorization` field; `nil` if there is no such field, or more than one.
    func withCredential<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result?) -> Result? {
        switch self {
        case .read(let fields):
            var credential: HTTPField?
            for field in fields where field.name == .authorization {
                guard credential == nil else { return nil }
                credential = field
            }
            return credential?.withUnsafeBytesOfValue(body)
        case .unread(let unread):
            var (credential, count) = ("", 0)
            unread.forEach { name, value in
                if name.isAuthorization { (credential, count) = (value, count + 1) }
            }
            return count == 1 ? credential.withUTF8Bytes(body) : nil
        }
    }
}

extension String {
    /// True if the text is the name `Authorization`, in any case.
    fileprivate var isAuthorization: Bool {
        let name: StaticString = "authorization"
        guard utf8.count == name.utf8CodeUnitCount else { return false }
        let expected = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        return withUTF8Bytes { $0.hasSameASCIIFoldedBytes(as: expected) }
    }
}
