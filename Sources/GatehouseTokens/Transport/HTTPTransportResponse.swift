public import HTTPTypes

/// An answer to a request.
public struct HTTPTransportResponse: Sendable, Hashable {
    /// The status.
    public var status: HTTPResponse.Status
    /// The header fields in their order.
    public var headerFields: HTTPFields
    /// The body.
    public var body: [UInt8]

    /// Makes an answer.
    public init(status: HTTPResponse.Status, headerFields: HTTPFields = [:], body: [UInt8] = []) {
        self.status = status
        self.headerFields = headerFields
        self.body = body
    }
}
