#if Server
import GatehouseBase

/// An endpoint of the sidecar.
enum Endpoint: Int, Sendable, CaseIterable {
    case evaluation, evaluations
    case searchSubject, searchResource, searchAction
    case discovery
    case forwardAuth
    case webhooks
    case live, ready, metrics
    case unknown

    /// The endpoint's name in metrics.
    var name: String {
        switch self {
        case .searchSubject: "search_subject"
        case .searchResource: "search_resource"
        case .searchAction: "search_action"
        case .forwardAuth: "forward_auth"
        default: "\(self)"
        }
    }

    private static let fixed: [(path: String, endpoint: Endpoint)] = [
        ("/access/v1/evaluation", .evaluation), ("/access/v1/evaluations", .evaluations),
        ("/access/v1/search/subject", .searchSubject), ("/access/v1/search/resource", .searchResource),
        ("/access/v1/search/action", .searchAction), ("/webhooks/clerk", .webhooks), ("/health/live", .live),
        ("/health/ready", .ready), ("/metrics", .metrics),
    ]

    /// Makes the endpoint for a path.
    ///
    /// - Parameters:
    ///   - path: The path of a request as it was sent, without its query.
    ///   - discovery: The path of the discovery document; `nil` if there is none.
    init(path: String, discovery: String?) {
        if path.hasSameBytes(as: "/forward-auth") || path.utf8.starts(with: "/forward-auth/".utf8) {
            self = .forwardAuth
        } else if let discovery, path.hasSameBytes(as: discovery) {
            self = .discovery
        } else {
            self = Self.fixed.first { $0.path.hasSameBytes(as: path) }?.endpoint ?? .unknown
        }
    }
}
#endif
