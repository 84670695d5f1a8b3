/// A server that is measured, in a process of its own.
enum Contender: String, CaseIterable {
    /// A route that answers an empty 200.
    case bare
    /// The same route with SHA-256 of the token and the fields of an answer: the least that forward-auth does.
    case digest = "SHA-256 of the token, five fields"
    /// Asks about a request with a remembered token.
    case forwardAuth = "forward-auth"
    /// The same, and each decision is recorded in SQLite.
    case forwardAuthRecorded = "forward-auth, recorded in SQLite"
    /// A route that takes a body and answers `{"decision":true}`.
    case bareBody = "bare, with a body"
    /// One AuthZEN evaluation.
    case evaluation = "AuthZEN evaluation"

    /// The server without a decision that is measured beside it.
    var base: Contender {
        switch self {
        case .bare, .digest, .forwardAuth, .forwardAuthRecorded: .bare
        case .bareBody, .evaluation: .bareBody
        }
    }

    /// How much of the bare route's rate is promised at least; `nil`: nothing is.
    var promise: Double? {
        switch self {
        case .bare, .digest, .bareBody, .forwardAuthRecorded: nil
        case .forwardAuth: 0.8275
        case .evaluation: 0.7125
        }
    }

    /// True if the request has a body.
    var hasBody: Bool { base == .bareBody }

    var path: String { hasBody ? "/access/v1/evaluation" : "/forward-auth" }
}

struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
