#if TestServers
import GatehouseBase

/// The parts of a request and an answer that the fake uses.
enum FakeExchange {
    struct Request: Sendable {
        var method: String
        /// The path, still percent-encoded.
        var path: String
        /// The query, still percent-encoded.
        var query: String
        var authorization: String?
        /// The value of the field `Clerk-API-Version`.
        var version: String?
        var contentType: String?
        var body: [UInt8]
    }

    struct Answer: Sendable {
        var status: Int
        var contentType = "application/json"
        var retryAfter: Int?
        var body: [UInt8]
        /// The fault with which the answer is sent; `nil` if there is none.
        var fault: FakeClerk.Fault?

        init(_ status: Int, _ json: JSONValue?) {
            self.status = status
            body = json?.utf8 ?? []
        }
    }
}
#endif
