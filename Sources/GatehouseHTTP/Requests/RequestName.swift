/// The name of a request in logs and answers. Only those need the text.
enum RequestName: Sendable {
    /// The request's sane `X-Request-Id`, else this.
    case unlessSent(any CustomStringConvertible & Sendable)
    /// This, whatever fields the request has now.
    case settled(String)

    func text(_ fields: HTTPFields) -> String {
        switch self {
        case .unlessSent(let id): RequestID.of(fields) ?? id.description
        case .settled(let id): id
        }
    }
}
