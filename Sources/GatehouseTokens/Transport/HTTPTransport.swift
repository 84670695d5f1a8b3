/// Sends one HTTP request. What stands behind it is an HTTP client, or a test.
///
/// An implementation follows no redirects, gives up at the deadline with everything included, and stops reading a body
/// that grows over the limit.
public protocol HTTPTransport: Sendable {
    /// Sends the request and gives the answer, whatever its status.
    func send(_ request: HTTPTransportRequest) async throws(HTTPTransportError) -> HTTPTransportResponse
}

/// A header field of a request or an answer.
public struct HTTPTransportField: Sendable, Hashable {
    /// The name; its case says nothing.
    public var name: String
    /// The value.
    public var value: String

    /// Makes a field.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// What to send.
public struct HTTPTransportRequest: Sendable, Hashable {
    /// The method, such as `GET`.
    public var method: String
    /// The absolute address.
    public var url: String
    /// Header fields in their order.
    public var fields: [HTTPTransportField]
    /// The body; empty for none.
    public var body: [UInt8]
    /// How long the whole exchange may take, from the call to the last byte of the answer.
    public var deadline: Duration
    /// The most bytes that the answer's body may have.
    public var maximumResponseByteCount: Int

    /// Makes a request.
    public init(
        method: String = "GET",
        url: String,
        fields: [HTTPTransportField] = [],
        body: [UInt8] = [],
        deadline: Duration,
        maximumResponseByteCount: Int
    ) {
        self.method = method
        self.url = url
        self.fields = fields
        self.body = body
        self.deadline = deadline
        self.maximumResponseByteCount = maximumResponseByteCount
    }
}

/// What came back.
public struct HTTPTransportResponse: Sendable, Hashable {
    /// The status code.
    public var status: Int
    /// Header fields in their order.
    public var fields: [HTTPTransportField]
    /// The body.
    public var body: [UInt8]

    /// Makes an answer.
    public init(status: Int, fields: [HTTPTransportField] = [], body: [UInt8] = []) {
        self.status = status
        self.fields = fields
        self.body = body
    }
}
