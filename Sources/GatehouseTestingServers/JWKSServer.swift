#if TestServers
import FlyingFox
import FlyingSocks
import Foundation
public import GatehouseTesting
import Synchronization

/// A server that publishes a JWK Set over real HTTP on a free port of the loopback, with faults that a test asks for.
///
/// ```swift
/// try await JWKSServer.run(publishing: [pair]) { server in
///     let keys = try RemoteKeySet(configuration: .init(url: server.url), transport: AsyncHTTPClientTransport())
///     …
///     server.publish([nextPair])
/// }
/// ```
public final class JWKSServer: Sendable {
    /// The address of the key set.
    public let url: String
    private let state: Mutex<State>

    private struct State {
        var answer: Answer
        var requestCount = 0
        var waiting: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
        var stalled: [CheckedContinuation<Answer, Never>] = []
    }

    private init(url: String, answer: Answer) {
        self.url = url
        state = Mutex(State(answer: answer))
    }

    /// Runs a server with these keys until the body ends.
    public static func run<Value: Sendable>(
        publishing pairs: [KeyPair],
        _ body: (JWKSServer) async throws -> Value
    ) async throws -> Value {
        let listener = HTTPServer(
            address: try .inet(ip4: "127.0.0.1", port: 0),
            timeout: 86_400,  // a shorter time would end a stall with an answer
            logger: .disabled
        )
        let task = Task { try await listener.run() }
        defer { task.cancel() }
        try await listener.waitUntilListening(timeout: 60)
        guard case .ip4(_, let port)? = await listener.listeningAddress else { throw SocketError.unsupportedAddress }
        let server = JWKSServer(url: "http://127.0.0.1:\(port)/.well-known/jwks.json", answer: .keys(pairs))
        await listener.appendRoute("GET /.well-known/jwks.json") { _ in
            await server.receive().response
        }
        defer { server.release(.text("the server ends", status: 503)) }
        return try await body(server)
    }

    /// Publishes these keys from the next request on, in place of the previous answer.
    public func publish(_ pairs: [KeyPair]) { answer(.keys(pairs)) }

    /// Sets the answer to all requests from the next request on.
    public func answer(_ answer: Answer) {
        state.withLock { $0.answer = answer }
    }

    /// Answers the stalled requests, and sets the answer to all further requests.
    public func release(_ answer: Answer) {
        let stalled = state.withLock { state in
            state.answer = answer
            defer { state.stalled = [] }
            return state.stalled
        }
        for continuation in stalled { continuation.resume(returning: answer) }
    }

    /// The number of requests so far.
    public var requestCount: Int { state.withLock { $0.requestCount } }

    /// Waits until so many requests have come.
    public func waitForRequests(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.requestCount < count { state.waiting.append((count, continuation)) }
                return state.requestCount >= count
            }
            if isThere { continuation.resume() }
        }
    }

    /// Returns the answer to one more request. Waits while the answer is a stall.
    private func receive() async -> Answer {
        let due = state.withLock { state in
            state.requestCount += 1
            let count = state.requestCount
            defer { state.waiting.removeAll { $0.count <= count } }
            return state.waiting.filter { $0.count <= count }
        }
        for (_, continuation) in due { continuation.resume() }
        return await withCheckedContinuation { continuation in
            let answer: Answer? = state.withLock { state in
                if case .stall = state.answer {
                    state.stalled.append(continuation)
                    return nil
                }
                return state.answer
            }
            if let answer { continuation.resume(returning: answer) }
        }
    }
}
#else
public import GatehouseTesting

/// A server that publishes a JWK Set over real HTTP. The stub has the function that programs call, since the compiler reports a function
/// that does not fit before it reports the trait.
@available(*, unavailable, message: "enable the trait TestServers of the package gatehouse")
public final class JWKSServer: Sendable {
    public let url = ""

    public static func run<Value: Sendable>(
        publishing pairs: [KeyPair],
        _ body: (JWKSServer) async throws -> Value
    ) async throws -> Value {
        try await body(JWKSServer())
    }

    private init() {}
}
#endif
