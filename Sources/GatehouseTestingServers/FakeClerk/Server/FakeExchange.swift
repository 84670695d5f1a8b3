#if TestServers
import GatehouseBase

/// A request and an answer, as far as the fake looks at them.
enum FakeExchange {
    struct Request: Sendable {
        var method: String
        /// Percent-encoded.
        var path: String
        /// Percent-encoded.
        var query: String
        var authorization: String?
        /// `Clerk-API-Version`.
        var version: String?
        var contentType: String?
        var body: [UInt8]
    }

    struct Answer: Sendable {
        var status: Int
        var contentType = "application/json"
        var retryAfter: Int?
        var body: [UInt8]
        /// The fault of an answer on its way.
        var fault: FakeClerk.Fault?

        init(_ status: Int, _ json: JSONValue?) {
            self.status = status
            body = json?.utf8 ?? []
        }
    }
}
#endif
