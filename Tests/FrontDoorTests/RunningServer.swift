#if Hummingbird
import GatehouseHummingbird
import Hummingbird
import HummingbirdTesting
import Logging

/// The servers of the programs.
typealias Server = Application<RouterResponder<BasicPrincipalRequestContext>>

extension Logger {
    /// Refusals are meant, and fill no test's output.
    static var silent: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}

/// Runs a server on a free port of loopback for as long as the body takes.
func running(_ server: Server, _ body: @escaping @Sendable (Sender) async throws -> Void) async throws {
    var server = server
    server.logger = .silent
    try await server.test(.live) { client in
        try await body { expectation in
            guard let method = HTTPRequest.Method(expectation.method) else { return 0 }
            let fields: HTTPFields = expectation.token.map { [.authorization: "Bearer \($0)"] } ?? [:]
            return try await client.execute(uri: expectation.path, method: method, headers: fields).status.code
        }
    }
}
#endif
