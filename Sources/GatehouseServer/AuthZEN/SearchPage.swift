#if Server
import GatehouseBase
import GatehouseCrypto
import GatehouseTokens

/// The range of results that a search requests.
struct SearchPage: Sendable {
    /// The largest number of results; `nil` for all results.
    let limit: Int?
    /// The candidate to begin with.
    let start: Int
    /// A hash that differs between searches.
    private let fingerprint: [UInt8]

    /// Reads the `page` of a request.
    ///
    /// - Parameter fingerprint: The hash of the search.
    /// - Throws: ``RequestError`` for a malformed page, for a token of another search, and for a limit other than the token's.
    init(_ body: JSONNode, fingerprint: [UInt8]) throws(RequestError) {
        self.fingerprint = fingerprint
        guard let page = body.present("page") else {
            (limit, start) = (nil, 0)
            return
        }
        guard page.kind == .object else { throw RequestError("“page” must be an object") }
        var limit: Int?
        if let node = page.present("limit") {
            guard let number = node.number?.whole, number >= 0 else {
                throw RequestError("“limit” of “page” must be a whole number, and not negative")
            }
            limit = number
        }
        guard let token = try page.text("token", of: "page"), !token.isEmpty else {
            (self.limit, start) = (limit, 0)
            return
        }
        guard let place = Place(token), place.fingerprint == fingerprint else {
            throw RequestError("“token” of “page” is none that this search gave")
        }
        guard limit == nil || limit == place.limit else {
            throw RequestError("“limit” of “page” is another than that of the token")
        }
        (self.limit, start) = (place.limit, place.start)
    }

    /// Returns the token of a page that begins at a candidate.
    func token(startingAt candidate: Int) -> String {
        Place(start: candidate, limit: limit ?? 0, fingerprint: fingerprint).text
    }

    /// The content of a token: a version, the next candidate, the limit, and the hash of its search.
    private struct Place {
        private static let version: UInt8 = 1

        let start: Int
        let limit: Int
        let fingerprint: [UInt8]

        init(start: Int, limit: Int, fingerprint: [UInt8]) {
            (self.start, self.limit, self.fingerprint) = (start, limit, fingerprint)
        }

        init?(_ text: String) {
            guard text.utf8.count <= 256, let bytes = Base64URL.decode(text), bytes.count == 17 + 32,
                bytes[0] == Self.version, let start = Int(exactly: Self.number(bytes[1..<9])),
                let limit = Int(exactly: Self.number(bytes[9..<17]))
            else { return nil }
            self.init(start: start, limit: limit, fingerprint: Array(bytes[17...]))
        }

        var text: String {
            var bytes: [UInt8] = [Self.version]
            for number in [start, limit] {
                for shift in stride(from: 56, through: 0, by: -8) {
                    bytes.append(UInt8(truncatingIfNeeded: UInt64(number) >> UInt64(shift)))
                }
            }
            return Base64URL.encode(bytes + fingerprint)
        }

        private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
            bytes.reduce(0) { $0 << 8 | UInt64($1) }
        }
    }
}

extension JSONNumber {
    /// The value as an integer, in any notation; `nil` if the value is not whole.
    fileprivate var whole: Int? { int ?? double.flatMap { Int(exactly: $0) } }
}

extension JSONValue {
    /// The value with the members of each object sorted by name.
    ///
    /// The property is recursive, to the depth to which a request may nest.
    var sortedByName: JSONValue {
        switch self {
        case .array(let elements): .array(elements.map(\.sortedByName))
        case .object(let members):
            .object(
                members.map { JSONMember($0.name, $0.value.sortedByName) }.sorted { $0.name.precedesByBytes($1.name) }
            )
        default: self
        }
    }
}
#endif
