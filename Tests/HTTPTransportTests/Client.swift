#if AsyncHTTPClient || Curl
#if AsyncHTTPClient
import GatehouseAsyncHTTPClient
#endif
#if Curl
import GatehouseCurl
#endif
import GatehouseTokens
import Testing

/// A client behind the protocol. Every test runs with each that the traits bring.
enum Client: String, CaseIterable, CustomTestStringConvertible {
    #if AsyncHTTPClient
    case asyncHTTPClient = "async-http-client"
    #endif
    #if Curl
    case curl = "libcurl"
    #endif

    var testDescription: String { rawValue }

    /// Runs the body with a transport of its own.
    func withTransport<Value>(_ body: (any HTTPTransport) async throws -> Value) async throws -> Value {
        switch self {
        #if AsyncHTTPClient
        case .asyncHTTPClient:
            let transport = AsyncHTTPClientTransport()
            let value: Value
            do {
                value = try await body(transport)
            } catch {
                try? await transport.shutdown()
                throw error
            }
            try await transport.shutdown()
            return value
        #endif
        #if Curl
        case .curl: return try await body(CurlTransport())
        #endif
        }
    }

    /// Sends a request by a transport of its own.
    func send(
        _ request: HTTPTransportRequest
    ) async throws -> Result<HTTPTransportResponse, HTTPTransportError> {
        try await withTransport { transport in
            await Result { () async throws(HTTPTransportError) in try await transport.send(request) }
        }
    }
}

extension Result {
    init(_ body: () async throws(Failure) -> Success) async {
        do throws(Failure) {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }

    var error: Failure? {
        if case .failure(let error) = self { error } else { nil }
    }
}
#endif
