public import HTTPTypes

/// A request, and the limits of its exchange.
public struct HTTPTransportRequest: Sendable, Hashable {
    /// The method.
    public var method: HTTPRequest.Method
    /// The absolute address.
    public var url: String
    /// The header fields in their order.
    public var headerFields: HTTPFields
    /// The body; empty for a request without a body.
    public var body: [UInt8]
    /// The longest time of the whole exchange, from the call to the last byte of the answer.
    public var deadline: Duration
    /// The largest number of bytes in the answer's body.
    public var maximumResponseByteCount: Int

    /// Makes a request.
    public init(
        method: HTTPRequest.Method = .get,
        url: String,
        headerFields: HTTPFields = [:],
        body: [UInt8] = [],
        deadline: Duration,
        maximumResponseByteCount: Int
    ) {
        self.method = method
        self.url = url
        self.headerFields = headerFields
        self.body = body
        self.deadline = deadline
        self.maximumResponseByteCount = maximumResponseByteCount
    }
}
