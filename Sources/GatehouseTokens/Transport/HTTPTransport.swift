/// A type that sends HTTP requests: an HTTP client, or a double for tests.
///
/// An implementation follows no redirects, ends the whole exchange at the deadline, and stops reading a body that exceeds the limit.
public protocol HTTPTransport: Sendable {
    /// Sends the request and returns the answer, with any status.
    func send(_ request: HTTPTransportRequest) async throws(HTTPTransportError) -> HTTPTransportResponse
}
