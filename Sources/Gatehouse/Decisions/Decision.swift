/// The answer to an ``AccessCheck``, and why.
public struct Decision: Sendable, Hashable {
    /// True if the check is allowed.
    public var isAllowed: Bool
    /// The reasons of the decision, in the order of the policy; never empty.
    public var reasons: [Reason]
    /// The policy that decided.
    public var revision: PolicyRevision

    /// Makes a decision, such as for a test of code that uses decisions.
    public init(isAllowed: Bool, reasons: [Reason], revision: PolicyRevision) {
        self.isAllowed = isAllowed
        self.reasons = reasons
        self.revision = revision
    }
}

extension Decision: CustomStringConvertible {
    /// A sentence, such as “denied: org:admin denies org:invoices:* (org:owner > org:admin)”.
    public var description: String {
        (isAllowed ? "allowed: " : "denied: ") + reasons.map(\.description).joined(separator: "; ")
    }
}
