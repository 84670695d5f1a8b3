#if Server
import GatehouseBase

/// What the sidecar answers under an address.
enum Endpoint: String, Sendable, CaseIterable {
    case evaluation
    case evaluations
    case searchSubject = "search_subject"
    case searchResource = "search_resource"
    case searchAction = "search_action"
    case discovery
    case forwardAuth = "forward_auth"
    case webhooks
    case live
    case ready
    case metrics
    case unknown

    private static let fixed: [(path: String, endpoint: Endpoint)] = [
        ("/access/v1/evaluation", .evaluation), ("/access/v1/evaluations", .evaluations),
        ("/access/v1/search/subject", .searchSubject), ("/access/v1/search/resource", .searchResource),
        ("/access/v1/search/action", .searchAction), ("/webhooks/clerk", .webhooks), ("/health/live", .live),
        ("/health/ready", .ready), ("/metrics", .metrics), ("/forward-auth", .forwardAuth),
    ]

    /// - Parameters:
    ///   - path: The path of a request as it was sent, without its query.
    ///   - discovery: The path of the discovery document; `nil` if there is none.
    init(path: String, discovery: String?) {
        if path.utf8.starts(with: "/forward-auth/".utf8) {
            self = .forwardAuth
        } else if let discovery, path.hasSameBytes(as: discovery) {
            self = .discovery
        } else {
            self = Self.fixed.first { $0.path.hasSameBytes(as: path) }?.endpoint ?? .unknown
        }
    }
}
#endif
