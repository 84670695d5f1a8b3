/// The parts of a policy that the decisions of its tests rest on.
///
/// A decision covers each grant, denial or rule that it names as a reason.
public struct PolicyCoverage: Sendable {
    /// The number of parts, and the number of covered parts among them.
    public struct Count: Sendable, Hashable {
        /// The number of covered things.
        public var covered: Int
        /// The number of things.
        public var total: Int

        /// Makes a count.
        public init(covered: Int, total: Int) {
            self.covered = covered
            self.total = total
        }

        /// The percentage of covered parts, from 0 to 100; 100 if there are no parts.
        public var percent: Double { total == 0 ? 100 : Double(covered) * 100 / Double(total) }

        /// Returns the sum of two counts.
        public static func + (lhs: Self, rhs: Self) -> Self {
            Count(covered: lhs.covered + rhs.covered, total: lhs.total + rhs.total)
        }
    }

    private struct Entry: Hashable {
        var role: ByteText
        var pattern: ByteText
    }

    private let grants: Set<Entry>
    private let denials: Set<Entry>
    private let rules: Set<ByteText>
    private var coveredGrants: Set<Entry> = []
    private var coveredDenials: Set<Entry> = []
    private var coveredRules: Set<ByteText> = []

    /// Makes a count in which nothing of the policy is covered.
    public init(of policy: Policy) {
        grants = Self.entries(policy, \.grants)
        denials = Self.entries(policy, \.denies)
        rules = Set(policy.rules.map { ByteText($0.id) })
    }

    private static func entries(_ policy: Policy, _ patterns: (Role) -> [String]) -> Set<Entry> {
        Set(
            policy.roles.flatMap { role in
                patterns(role).map { Entry(role: ByteText(role.name), pattern: ByteText($0)) }
            }
        )
    }

    /// Counts the parts that a decision rests on.
    public mutating func record(_ decision: Decision) {
        for reason in decision.reasons {
            switch reason {
            case .grant(let role, let pattern, _):
                coveredGrants.insert(Entry(role: ByteText(role), pattern: ByteText(pattern)))
            case .deny(let role, let pattern, _):
                coveredDenials.insert(Entry(role: ByteText(role), pattern: ByteText(pattern)))
            case .rule(let id, _, _, _, _): coveredRules.insert(ByteText(id))
            case .constraint, .scope, .credential, .default: break
            }
        }
    }

    /// The grants of roles: each pattern of each role.
    public var ofGrants: Count { Count(covered: coveredGrants.intersection(grants).count, total: grants.count) }
    /// The denials of roles.
    public var ofDenials: Count { Count(covered: coveredDenials.intersection(denials).count, total: denials.count) }
    /// The rules.
    public var ofRules: Count { Count(covered: coveredRules.intersection(rules).count, total: rules.count) }
}
