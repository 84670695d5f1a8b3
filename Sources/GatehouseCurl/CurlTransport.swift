#if Curl
public import GatehouseTokens

/// `HTTPTransport` on the system's libcurl: one TLS stack, which the system's updates patch.
///
///     let keys = try RemoteKeySet(configuration: .init(url: jwksURL), transport: CurlTransport())
///
/// Connections are kept and used again. A thread works while requests are under way, and ends with them, so that nothing has to
/// be shut down. The library reads no file of the user (`.curlrc`, `.netrc`) and no environment variable.
public final class CurlTransport: HTTPTransport {
    private let configuration: Configuration
    private let loop = TransferLoop()

    /// Makes a transport. No connection is made before the first request.
    public init(configuration: Configuration = Configuration()) {
        self.configuration = configuration
    }

    /// Sends a request, and gives up at its deadline wherever the exchange then stands.
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
/// ``HTTPTransport`` on the system's libcurl.
@available(*, unavailable, message: "enable the trait Curl of the package gatehouse")
public struct CurlTransport {}
#endif
