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
    case grant(role: String, pattern: String, path: RolePath)
    /// A role denies the permission.
    case deny(role: String, pattern: String, path: RolePath)
    /// A rule applies.
    ///
    /// `isUnknown`: its condition could not be decided, and it denies all the same. `role` is the first of its roles
    /// that is held or inherited, and `path` leads to it; nil and empty for a rule that applies to everyone.
    case rule(id: String, effect: Rule.Effect, isUnknown: Bool, role: String?, path: RolePath)
    /// More of the constraint's roles are held together than it lets.
    case constraint(id: String)
    /// The credential is a delegated one, and none of its scopes stands for the permission.
    case scope
    /// Nothing allows it, so it is denied.
    case `default`
}

/// Which policy: the SHA-256 (FIPS 180-4) of its content, equal for equal policies in every process, and for no others.
public struct PolicyRevision: Sendable, Hashable, CustomStringConvertible {
    /// 64 hexadecimal digits in lower case.
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
    public var description: String { text(naming: .max) }

    /// One sentence that leaves out a path of more than so many roles.
    func text(naming maximum: Int) -> String {
        switch self {
        case .grant(let role, let pattern, let path): "\(role) grants \(pattern)\(Self.through(path, maximum))"
        case .deny(let role, let pattern, let path): "\(role) denies \(pattern)\(Self.through(path, maximum))"
        case .rule(let id, let effect, let isUnknown, _, let path):
            "the rule \(id.printable) \(effect == .allow ? "allows" : "denies") it"
                + (isUnknown ? ", as its condition is unknown" : "") + Self.through(path, maximum)
        case .constraint(let id): "more roles of the constraint \(id.printable) are held than it lets"
        case .scope: "no scope of the credential stands for it"
        case .default: "nothing allows it"
        }
    }

    private static func through(_ path: RolePath, _ maximum: Int) -> String {
        guard let names = path.names(atMost: maximum) else { return "" }
        return names.count > 1 ? " (\(names.joined(separator: " > ")))" : ""
    }
}
