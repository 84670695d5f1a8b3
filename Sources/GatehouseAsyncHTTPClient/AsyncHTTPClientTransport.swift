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

/// An `HTTPTransport` that uses async-http-client.
///
/// The transport has its own client, since redirects are a setting of the client. ``shutdown()`` closes the client's connections and waits
/// until they are closed. Without ``shutdown()``, the connections are closed after the last use of the transport.
public final class AsyncHTTPClientTransport: HTTPTransport {
    private let client: HTTPClient

    /// Makes a transport on the process's event loops.
    ///
    /// - Parameter configuration: Other settings of the client, such as trust roots or a proxy. The transport turns off redirects,
    ///   decompression and the repetition of failed connections: a port that refuses connections fails the request at once.
    public init(configuration: HTTPClient.Configuration = .init()) {
        var configuration = configuration
        configuration.redirectConfiguration = .disallow
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.decompression = .disabled  // the byte limit applies to the bytes on the wire
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Shuts the client down, since async-http-client stops the process if a client is freed before its shutdown.
    deinit {
        Task { [client] in try? await client.shutdown() }
    }

    /// Closes all connections. No request may follow.
    public func shutdown() async throws {
        try await client.shutdown()
    }

    /// Sends a request, and ends the exchange at the deadline in whatever state it is.
    public func send(_ request: HTTPTransportRequest) async throws(HTTPTransportError) -> HTTPTransportResponse {
        // An invalid port stops the process inside the client.
        guard RemoteAddress(request.url) != nil else {
            throw HTTPTransportError(.invalidRequest, "the address cannot be asked")
        }
        guard request.deadline > .zero else {
            throw HTTPTransportError(.deadlineExceeded, "no whole answer came in time")
        }
        // The client's own deadline covers only the head of the answer. A server that sends its body slowly would hold the request.
        let result = await withTaskGroup(of: Result<HTTPTransportResponse, HTTPTransportError>.self) { group in
            group.addTask { await self.exchange(request) }
            group.addTask {
                try? await Task.sleep(for: request.deadline)  // the end of the group ends the sleep
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
    /// Makes the fields. The client accepts only valid names, so that no field is lost.
    fileprivate init(_ headers: HTTPHeaders) {
        self.init()
        for (name, value) in headers {
            guard let name = HTTPField.Name(name) else { continue }
            append(HTTPField(name: name, value: value))
        }
    }
}

extension HTTPTransportError {
    /// Makes the error for a failure of the client. The failure's own text is left out, since it may hold the address with a secret in it.
    fileprivate init(_ error: any Error) {
        // The client reports unknown names and refused ports before it has a connection.
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

/// A transport that uses async-http-client. The stub has the initializer that programs call, since the compiler reports an initializer that
/// does not fit before it reports the trait.
@available(*, unavailable, message: "enable the trait AsyncHTTPClient of the package gatehouse")
public final class AsyncHTTPClientTransport: HTTPTransport {
    public init(configuration: Any? = nil) {}

    public func send(_ request: HTTPTransportRequest) async throws(HTTPTransportError) -> HTTPTransportResponse {
        throw HTTPTransportError(.connectionFailed, "the trait AsyncHTTPClient is off")
    }
}
#endif
