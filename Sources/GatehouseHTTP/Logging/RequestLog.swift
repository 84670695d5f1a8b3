public import Logging

/// A log of decisions about requests. An accepted request is logged at `debug`, and a refused request at `info`, with the reason, which is
/// not sent to the sender.
///
/// | metadata | meaning |
/// |---|---|
/// | `gatehouse.request.id` | the id of the request |
/// | `gatehouse.principal.id`, `gatehouse.organization.id` | the principal and its organization; left out if no principal is known |
/// | `gatehouse.status` | the status of the answer to a refused request |
/// | `gatehouse.reason.code`, `gatehouse.reason.message` | the reason of a refusal |
///
/// The path, the fields and the body of the request are not logged: a host logs what it needs.
public struct RequestLog: Sendable {
    private let logger: Logger

    /// Makes a log that writes with this logger.
    public init(_ logger: Logger) {
        self.logger = logger
    }

    /// Logs that a request goes on to its handler.
    ///
    /// - Parameter request: The request as a guard accepted it.
    public func accepted(_ request: AuthorizationRequest) {
        logger.log(.debug, "Request accepted", request.logged(of: request.principal))
    }

    /// Logs that a request is refused. A mistake of the server is logged at `error`.
    ///
    /// - Parameters:
    ///   - request: The request, as before the guards or as after them.
    ///   - rejection: The answer, which has the principal that the guards found.
    public func rejected(_ request: AuthorizationRequest, _ rejection: Rejection) {
        logger.log(
            rejection.response.status == .internalServerError ? .error : .info,
            "Request rejected",
            request.logged(of: rejection.principal ?? request.principal).merging([
                .status: "\(rejection.response.status.code)",
                .reasonCode: "\(rejection.reason.code)",
                .reasonMessage: "\(rejection.reason.message)",
            ]) { $1 }
        )
    }
}

extension AuthorizationRequest {
    /// The ids of the request, of the principal, and of the organization.
    fileprivate func logged(of principal: Principal?) -> [LogKey: Logger.MetadataValue] {
        var values: [LogKey: Logger.MetadataValue] = [.requestID: "\(requestID)"]
        if let principal { values[.principal] = "\(principal.id.inOneLine(upTo: 256))" }
        if let organization = principal?.organization?.id {
            values[.organization] = "\(organization.inOneLine(upTo: 256))"
        }
        return values
    }
}
