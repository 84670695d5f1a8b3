import Testing

/// A request to a server, and the status that it should have.
struct Expectation: Sendable {
    let request: String
    let token: String?
    let status: Int

    init(_ request: String, _ token: String?, _ status: Int) {
        self.request = request
        self.token = token
        self.status = status
    }

    var method: String { String(request.prefix { $0 != " " }) }
    var path: String { String(request.drop { $0 != " " }.dropFirst()) }
}

/// A sender of requests to a server that runs.
typealias Sender = @Sendable (Expectation) async throws -> Int

extension [Expectation] {
    /// Those that a server does not fulfil, each with the status that it had.
    func unfulfilled(_ send: Sender) async throws -> [String] {
        var unfulfilled: [String] = []
        for expectation in self {
            let status = try await send(expectation)
            if status != expectation.status {
                unfulfilled.append("\(expectation.request) is \(status), not \(expectation.status)")
            }
        }
        return unfulfilled
    }

    /// Says of each that a server does not fulfil what came of it.
    func expectFulfilled(by send: Sender, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        for fault in try await unfulfilled(send) { Issue.record("\(fault)", sourceLocation: sourceLocation) }
    }
}
