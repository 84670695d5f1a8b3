#if Curl
public import GatehouseTokens

/// An `HTTPTransport` that uses the system's libcurl. The updates of the system also update its TLS library.
///
///     let keys = try RemoteKeySet(configuration: .init(url: jwksURL), transport: CurlTransport())
///
/// Connections are kept and used again. A thread runs while requests are under way, and ends with them, so that no shutdown is needed. The
/// transport reads no file of the user (`.curlrc`, `.netrc`) and no environment variable.
public final class CurlTransport: HTTPTransport {
    private let configuration: Configuration
    private let loop = TransferLoop()

    /// Makes a transport. No connection is made before the first request.
    public init(configuration: Configuration = Configuration()) {
        self.configuration = configuration
    }

    /// Sends a request, and ends the exchange at the deadline in whatever state it is.
    public func send(_ request: HTTPTransportRequest) async throws(HTTPTransportError) -> HTTPTransportResponse {
        guard RemoteAddress(request.url) != nil else {
            throw HTTPTransportError(.invalidRequest, "the address cannot be asked")
        }
        guard request.deadline > .zero else {
            throw HTTPTransportError(.deadlineExceeded, "no whole answer came in time")
        }
        let ticket = loop.makeTicket()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                loop.start(TransferLoop.Job(ticket, request, configuration), continuation)
            }
        } onCancel: {
            loop.cancel(ticket)
        }
        return try result.get()
    }
}
#else
/// A transport that uses the system's libcurl.
@available(*, unavailable, message: "enable the trait Curl of the package gatehouse")
public struct CurlTransport {}
#endif
