/// Sends one HTTP request. Behind the protocol stands an HTTP client, or a test.
///
/// An implementation follows no redirects, gives up at the deadline with everything included, and stops reading a body
/// that grows over the limit.
public protocol HTTPTransport: Sendable {
    /// Sends the request and returns the answer, whatever its status.
    func send(_ request: HTTPTransportRequest) async throws(HTTPTransportError) -> HTTPTransportResponse
}
