extension Finding {
    /// A part of a policy, by its place in the value. A document translates the place into a line and column.
    public enum Location: Sendable, Hashable, CustomStringConvertible {
        /// An entry of the catalogue.
        case permission(Int)
        /// A role, by its position.
        case role(Int)
        /// One of the roles that a role inherits.
        case inherited(role: Int, Int)
        /// One of a role's grants.
        case grant(role: Int, Int)
        /// One of a role's denials.
        case denial(role: Int, Int)
        /// A member of a rule; `nil` for the rule itself.
        case rule(Int, RuleMember?)
        /// One of the roles that a rule names.
        case ruleRole(rule: Int, Int)
        /// One of a rule's permissions.
        case rulePermission(rule: Int, Int)
        /// A part of a rule's condition.
        ///
        /// The path is empty for the whole condition. Step 0 leads from a condition to the operands of its operator: a list of operands or
        /// conditions, a path or a condition. Further steps lead to the entries of lists.
        case condition(rule: Int, path: [Int])
        /// A member of a constraint; `nil` for the constraint itself.
        case constraint(Int, ConstraintMember?)
        /// One of the roles that a constraint names.
        case constraintRole(constraint: Int, Int)
        /// A member of an assignment; `nil` for the assignment itself.
        case assignment(Int, AssignmentMember?)

        /// The members of a rule.
        public enum RuleMember: String, Sendable, CaseIterable {
            case id, effect, roles, permissions, when
        }

        /// The members of a constraint.
        public enum ConstraintMember: String, Sendable, CaseIterable {
            case id, kind, roles, limit
        }

        /// The members of an assignment.
        public enum AssignmentMember: String, Sendable, CaseIterable {
            case principal, type, issuer, organization, role, resource, notBefore, notAfter
        }

        public var description: String {
            switch self {
            case .permission(let index): "permissions[\(index)]"
            case .role(let index): "roles[\(index)]"
            case .inherited(let role, let index): "roles[\(role)].inherits[\(index)]"
            case .grant(let role, let index): "roles[\(role)].grants[\(index)]"
            case .denial(let role, let index): "roles[\(role)].denies[\(index)]"
            case .rule(let index, let member): "rules[\(index)]\(Self.suffix(member?.rawValue))"
            case .ruleRole(let rule, let index): "rules[\(rule)].roles[\(index)]"
            case .rulePermission(let rule, let index): "rules[\(rule)].permissions[\(index)]"
            case .condition(let rule, let path): "rules[\(rule)].when\(path.map { "[\($0)]" }.joined())"
            case .constraint(let index, let member): "constraints[\(index)]\(Self.suffix(member?.rawValue))"
            case .constraintRole(let constraint, let index): "constraints[\(constraint)].roles[\(index)]"
            case .assignment(let index, let member): "assignments[\(index)]\(Self.suffix(member?.rawValue))"
            }
        }

        private static func suffix(_ member: String?) -> String { member.map { ".\($0)" } ?? "" }
    }
}
