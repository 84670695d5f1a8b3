public import Logging

/// Writes what became of requests: at `debug` that one goes on, and at `info` that one is refused, with the reason that the sender is not
/// told.
///
/// | metadata | what |
/// |---|---|
/// | `gatehouse.request.id` | what the request is called |
/// | `gatehouse.principal.id`, `gatehouse.organization.id` | who asks, and for which organization; left out where nobody is known |
/// | `gatehouse.status` | the answer's status, of a refusal |
/// | `gatehouse.reason.code`, `gatehouse.reason.message` | why, of a refusal |
///
/// Of the request itself, its path, fields and body, nothing is written: a host logs what it thinks fit.
public struct RequestLog: Sendable {
    private let logger: Logger

    /// Makes a log that writes with this logger.
    public init(_ logger: Logger) {
        self.logger = logger
    }

    /// Writes that a request goes on to its handler.
    ///
    /// - Parameter request: The request as a guard let it go on.
    public func accepted(_ request: AuthorizationRequest) {
        logger.log(.debug, "Request accepted", request.logged)
    }

    /// Writes that a request is refused.
    public func rejected(_ request: AuthorizationRequest, _ rejection: Rejection) {
        logger.log(
            .info,
            "Request rejected",
            request.logged.merging([
                .status: "\(rejection.response.status.code)",
                .reasonCode: "\(rejection.reason.code)",
                .reasonMessage: "\(rejection.reason.message)",
            ]) { $1 }
        )
    }
}

extension AuthorizationRequest {
    /// The ids of the request, of who asks, and of the organization.
    fileprivate var logged: [LogKey: Logger.MetadataValue] {
        var values: [LogKey: Logger.MetadataValue] = [.requestID: "\(requestID)"]
        if let principal { values[.principal] = "\(principal.id.inOneLine(upTo: 256))" }
        if let organization = principal?.organization?.id {
            values[.organization] = "\(organization.inOneLine(upTo: 256))"
        }
        return values
    }
}
