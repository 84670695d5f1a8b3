#if Server
import GatehouseBase
import HTTPTypes

/// The request about which a proxy asks.
struct OriginalRequest: Sendable {
    let method: HTTPRequest.Method
    /// The path as the client sent it, without its query.
    let path: String

    /// The sidecar's path for proxies.
    static let root = "/forward-auth"

    /// Reads the request about which a proxy asks: from both fields of a family, or from the proxy's request itself, below the sidecar's
    /// path.
    ///
    /// - Parameter path: The path of the proxy's request, without its query.
    /// - Throws: ``RequestError`` if the request is missing or ambiguous: the answer is 400.
    init(_ method: HTTPRequest.Method, _ path: String, _ fields: HTTPFields) throws(RequestError) {
        let rest = String(Substring(path.utf8.dropFirst(Self.root.utf8.count)))
        guard rest.isEmpty || rest == "/" else {
            (self.method, self.path) = (method, rest)
            return
        }
        let forwarded = try Pair(.forwardedMethod, .forwardedURI, in: fields)
        let original = try Pair(.originalMethod, .originalURI, in: fields)
        try forwarded.requireAgreement(with: original)
        guard rest.isEmpty else {
            // Otherwise a proxy whose address ends with a slash by mistake would always ask about “/”.
            try Pair(method.rawValue, rest).requireAgreement(with: forwarded)
            try Pair(method.rawValue, rest).requireAgreement(with: original)
            (self.method, self.path) = (method, rest)
            return
        }
        guard let name = forwarded.method ?? original.method, let target = forwarded.target ?? original.target else {
            throw RequestError(
                "X-Forwarded-Method and X-Forwarded-Uri, or X-Original-Method and X-Original-URI, must say which request is meant"
            )
        }
        guard let method = HTTPRequest.Method(name) else {
            throw RequestError("“\(name.printable)” is no method")
        }
        self.method = method
        self.path = target.withoutQuery
    }

    /// The two fields of a family.
    private struct Pair {
        let method: String?
        let target: String?

        init(_ method: String?, _ target: String?) {
            (self.method, self.target) = (method, target)
        }

        init(_ method: HTTPField.Name, _ target: HTTPField.Name, in fields: HTTPFields) throws(RequestError) {
            self.init(try Self.value(method, fields), try Self.value(target, fields))
            guard (self.method == nil) == (self.target == nil) else {
                throw RequestError("\(method.rawName) and \(target.rawName) must come together")
            }
        }

        private static func value(_ name: HTTPField.Name, _ fields: HTTPFields) throws(RequestError) -> String? {
            let values = fields[values: name]
            guard values.count <= 1 else { throw RequestError("\(name.rawName) is repeated") }
            guard let value = values.first else { return nil }
            guard !value.isEmpty else { throw RequestError("\(name.rawName) is empty") }
            return value
        }

        func requireAgreement(with other: Pair) throws(RequestError) {
            let pairs = [(method, other.method), (target, other.target)]
            for case (let first?, let second?) in pairs where !first.hasSameBytes(as: second) {
                throw RequestError("the fields that say which request is meant differ")
            }
        }
    }
}

extension String {
    fileprivate var withoutQuery: String {
        utf8.firstIndex(of: UInt8(ascii: "?")).map { String(self[..<$0]) } ?? self
    }
}
#endif
