/// The name of a request in logs and answers. The text is made only for those.
enum RequestName: Sendable {
    /// The name is the request's valid `X-Request-Id`, and otherwise this value.
    case unlessSent(any CustomStringConvertible & Sendable)
    /// The name is this text, for every value of the request's fields.
    case settled(String)

    func text(_ fields: HTTPFields) -> String {
        switch self {
        case .unlessSent(let id): RequestID.of(fields) ?? id.description
        case .settled(let id): id
        }
    }
}
