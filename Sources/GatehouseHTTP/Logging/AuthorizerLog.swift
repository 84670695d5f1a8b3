public import Gatehouse
public import Logging

/// An observer that logs the changes of an authorizer and of its dependencies with swift-log, each change once.
///
/// ```swift
/// let authorizer = Authorizer(engine: engine, memberships: TeamRoles(pool: pool), observer: AuthorizerLog(logger))
/// ```
///
/// An authorizer without an observer gets this observer when it runs as a service.
///
/// | level | event | metadata, after `gatehouse.` |
/// |---|---|---|
/// | `error` | the membership source fails | `memberships.reason` |
/// | `error` | the invalidation bus is lost or silent | `bus.reason` |
/// | `error` | another policy was refused, and the previous policy stays in force | `policy.reason` |
/// | `warning` | the policy was replaced | `policy.revision`, `policy.revision.before` |
/// | `warning` | a part of the policy has no effect, or another effect, with the authorizer's settings | `policy.reason` |
/// | `notice` | source, bus or policy are in order again | `policy.revision` of a policy |
public struct AuthorizerLog: AuthorizerObserver {
    private let logger: Logger

    /// Makes an observer that writes with this logger.
    public init(_ logger: Logger = Logger(label: "gatehouse")) {
        self.logger = logger
    }

    public func memberships(became state: Authorizer.DependencyState) {
        switch state {
        case .working: logger.log(.notice, "The membership source answers again", [:])
        case .failing(let reason):
            logger.log(
                .error,
                "The membership source fails, so that checks that need it are undecided",
                [.membershipsReason: "\(reason)"]
            )
        }
    }

    public func bus(became state: Authorizer.DependencyState) {
        switch state {
        case .working: logger.log(.notice, "The invalidation bus is heard again", [:])
        case .failing(let reason):
            logger.log(
                .error,
                "The invalidation bus is not heard, so that little is remembered and what others take away may be missed",
                [.busReason: "\(reason)"]
            )
        }
    }

    public func policy(_ change: Authorizer.PolicyChange) {
        switch change {
        case .replaced(let old, let new):
            logger.log(
                .warning,
                "The policy in force was replaced",
                [.policyRevision: "\(new.text)", .policyRevisionBefore: "\(old.text)"]
            )
        case .refused(let failure):
            logger.log(
                .error,
                "Another policy was refused, and the one of before stays in force",
                [.policyReason: "\(failure.message.inOneLine())"]
            )
        case .confirmed(let revision):
            logger.log(.notice, "The policy is in order again, and as before", [.policyRevision: "\(revision.text)"])
        }
    }

    public func policy(warns warnings: [String]) {
        for warning in warnings {
            logger.log(
                .warning,
                "Something of the policy cannot mean what it seems to with the authorizer's settings",
                [.policyReason: "\(warning)"]
            )
        }
    }
}
