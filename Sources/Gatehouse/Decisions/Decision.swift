/// The answer to an ``AccessCheck``, and why.
public struct Decision: Sendable, Hashable {
    /// Whether it may be done.
    public var isAllowed: Bool
    /// Everything that decided, in the order of the policy; never empty.
    public var reasons: [Reason]
    /// Which policy decided.
    public var revision: PolicyRevision

    /// Makes a decision.
    package init(isAllowed: Bool, reasons: [Reason], revision: PolicyRevision) {
        self.isAllowed = isAllowed
        self.reasons = reasons
        self.revision = revision
    }
}

/// Something that decided.
public enum Reason: Sendable, Hashable {
    /// A role grants the permission.
    ///
    /// `path` runs from the held role to the one that grants, by inheritance; the shortest one.
    case grant(role: String, pattern: String, path: [String])
    /// A role denies the permission.
    case deny(role: String, pattern: String, path: [String])
    /// Nothing allows it, so it is denied.
    case `default`
}

/// Which policy: a hash of its content, equal for equal policies in every process.
public struct PolicyRevision: Sendable, Hashable, CustomStringConvertible {
    /// 16 hexadecimal digits.
    public let text: String

    public var description: String { text }
}

extension Decision: CustomStringConvertible {
    /// One sentence, such as “denied: org:admin denies org:invoices:* (org:owner > org:admin)”.
    public var description: String {
        (isAllowed ? "allowed: " : "denied: ") + reasons.map(\.description).joined(separator: "; ")
    }
}

extension Reason: CustomStringConvertible {
    public var description: String {
        switch self {
        case .grant(let role, let pattern, let path): "\(role) grants \(pattern)\(Self.through(path))"
        case .deny(let role, let pattern, let path): "\(role) denies \(pattern)\(Self.through(path))"
        case .default: "nothing allows it"
        }
    }

    private static func through(_ path: [String]) -> String {
        path.count > 1 ? " (\(path.joined(separator: " > ")))" : ""
    }
}
