import GatehouseBase

/// Header fields as a server has them.
package protocol UnreadFields: Sendable {
    /// Calls `body` with each field in its order, also where several have one name.
    func forEach(_ body: (_ name: String, _ value: String) -> Void)
}

/// The header fields of a request. Those of a server become `HTTPFields` only where somebody asks for more than the credential.
enum SentFields: Sendable {
    case read(HTTPFields)
    case unread(any UnreadFields)

    /// The fields; one whose name is none is left out, since no guard reads it.
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

    /// Calls `body` with the bytes of the one `Authorization` field; `nil` if there is none, or more than one.
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
    /// True if it names the field `Authorization`, in any case.
    fileprivate var isAuthorization: Bool {
        let name: StaticString = "authorization"
        guard utf8.count == name.utf8CodeUnitCount else { return false }
        let expected = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        return withUTF8Bytes { $0.hasSameASCIIFoldedBytes(as: expected) }
    }
}
