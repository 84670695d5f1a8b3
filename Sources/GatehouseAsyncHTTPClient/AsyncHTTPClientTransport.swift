#if AsyncHTTPClient
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
public import AsyncHTTPClient
public import GatehouseTokens
import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOPosix

/// `HTTPTransport` on async-http-client.
///
/// The transport has a client of its own, since redirects are a setting of the client. ``shutdown()`` closes its
/// connections and waits for that; otherwise they are closed with the last use of the transport.
public final class AsyncHTTPClientTransport: HTTPTransport {
    private let client: HTTPClient

    /// Makes a transport on the process's event loops.
    ///
    /// - Parameter configuration: what else the client needs, such as trust roots or a proxy. Redirects and decompression
    ///   are turned off in it, and so is trying a connection again: a port that refuses fails the request at once.
    public init(configuration: HTTPClient.Configuration = .init()) {
        var configuration = configuration
        configuration.redirectConfiguration = .disallow
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.decompression = .disabled  // the byte limit is on what comes over the wire and is kept
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// async-http-client stops the process if a client is freed before its shutdown.
    deinit {
        Task { [client] in try? await client.shutdown() }
    }

    /// Closes all connections. No request may follow.
    public func shutdown() async throws {
        try await client.shutdown()
    }

    /// Sends a request, and gives up at its deadline wherever the exchange then stands.
    public func send(_ request: HTTPTransportRequest) async throws(HTTPTransportError) -> HTTPTransportResponse {
        // An invalid port stops the process inside the client.
        guard RemoteAddress(request.url) != nil else {
            throw HTTPTransportError(.invalidRequest, "the address cannot be asked")
        }
        guard request.deadline > .zero else {
            throw HTTPTransportError(.deadlineExceeded, "no whole answer came in time")
        }
        // The client's own deadline covers the head of the answer alone. A server that sends its body slowly would hold the request.
        let result = await withTaskGroup(of: Result<HTTPTransportResponse, HTTPTransportError>.self) { group in
            group.addTask { await self.exchange(request) }
            group.addTask {
                try? await Task.sleep(for: request.deadline)  // the group's end cuts it short
                return .failure(HTTPTransportError(.deadlineExceeded, "no whole answer came in time"))
            }
            let first = await group.next()
            group.cancelAll()
            return first
        }
        if Task.isCancelled { throw HTTPTransportError(.cancelled, "the request was cancelled") }
        guard let result else { throw HTTPTransportError(.connectionFailed, "the request did not run") }
        return try result.get()
    }

    private func exchange(_ request: HTTPTransportRequest) async -> Result<
        HTTPTransportResponse, HTTPTransportError
    > {
        do {
            let response = try await client.execute(
                HTTPClientRequest(request),
                deadline: .now() + TimeAmount(request.deadline)
            )
            var body: [UInt8] = []
            for try await part in response.body {
                guard part.readableBytes <= request.maximumResponseByteCount - body.count else {
                    return .failure(
                        HTTPTransportError(.responseTooLarge, "the answer is larger than was asked for")
                    )
                }
                body.append(contentsOf: part.readableBytesView)
            }
            return .success(
                HTTPTransportResponse(
                    status: .init(code: Int(response.status.code)),
                    headerFields: HTTPFields(response.headers),
                    body: body
                )
            )
        } catch {
            return .failure(HTTPTransportError(error))
        }
    }
}

extension HTTPClientRequest {
    fileprivate init(_ request: HTTPTransportRequest) {
        self.init(url: request.url)
        method = HTTPMethod(rawValue: request.method.rawValue)
        for field in request.headerFields { headers.add(name: field.name.rawName, value: field.value) }
        if !request.body.isEmpty { body = .bytes(request.body) }
    }
}

extension HTTPFields {
    /// The client takes only names that are tokens, so that none is lost.
    fileprivate init(_ headers: HTTPHeaders) {
        self.init()
        for (name, value) in headers {
            guard let name = HTTPField.Name(name) else { continue }
            append(HTTPField(name: name, value: value))
        }
    }
}

extension HTTPTransportError {
    /// The meaning of a failure of the client. Its own text is left out: it may hold the address with a secret in it.
    fileprivate init(_ error: any Error) {
        // The client reports unknown names and refused ports before it has a connection to write to.
        if error is NIOConnectionError || (error as? IOError)?.errnoCode == ECONNREFUSED {
            self.init(.notConnected, "no connection was made")
            return
        }
        switch error as? HTTPClientError {
        case .deadlineExceeded?, .connectTimeout?, .readTimeout?, .getConnectionFromPoolTimeout?,
            .tlsHandshakeTimeout?:
            self.init(.deadlineExceeded, "no whole answer came in time")
        case .invalidURL?, .emptyHost?, .emptyScheme?:
            self.init(.invalidRequest, "the address cannot be asked")
        case .cancelled?:
            self.init(.cancelled, "the request was cancelled")
        default:
            self.init(.connectionFailed, "the connection failed")
        }
    }
}
#else
public import GatehouseTokens

/// ``HTTPTransport`` on async-http-client. With the initializer that programs call: one that does not fit is told before the trait.
@available(*, unavailable, message: "enable the trait AsyncHTTPClient of the package gatehouse")
public final class AsyncHTTPClientTransport: HTTPTransport {
    public init(configuration: Any? = nil) {}

    public func send(_ request: HTTPTransportRequest) async throws(HTTPTransportError) -> HTTPTransportResponse {
        throw HTTPTransportError(.connectionFailed, "the trait AsyncHTTPClient is off")
    }
}
#endif
