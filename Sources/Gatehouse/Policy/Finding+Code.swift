extension Finding {
    /// A kind of finding. Later versions find more kinds.
    public struct Code: RawRepresentable, Sendable, Hashable, CaseIterable, CustomStringConvertible {
        /// The code as a text.
        public let rawValue: String

        /// Makes a code with this text. A code other than those below counts as an error.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The code as a text.
        public var description: String { rawValue }

        /// The text is not a document, or not the document of a policy.
        public static var syntax: Self { Self(rawValue: "syntax") }
        /// The document has a member with an unknown key.
        public static var unknownKey: Self { Self(rawValue: "unknown-key") }
        /// A name of another shape than names have.
        public static var invalidName: Self { Self(rawValue: "invalid-name") }
        /// A pattern of another shape than patterns have.
        public static var invalidPattern: Self { Self(rawValue: "invalid-pattern") }
        /// A role that is not defined.
        public static var unknownRole: Self { Self(rawValue: "unknown-role") }
        /// A permission that the catalogue does not have.
        public static var unknownPermission: Self { Self(rawValue: "unknown-permission") }
        /// Roles inherit each other.
        public static var inheritanceCycle: Self { Self(rawValue: "inheritance-cycle") }
        /// Two parts have the same name.
        public static var duplicateID: Self { Self(rawValue: "duplicate-id") }
        /// A rule is not valid.
        public static var invalidRule: Self { Self(rawValue: "invalid-rule") }
        /// A condition is not valid.
        public static var invalidCondition: Self { Self(rawValue: "invalid-condition") }
        /// A constraint is not valid.
        public static var invalidConstraint: Self { Self(rawValue: "invalid-constraint") }
        /// An assignment is not valid.
        public static var invalidAssignment: Self { Self(rawValue: "invalid-assignment") }
        /// A constraint excludes assignments of the policy.
        public static var constraintViolated: Self { Self(rawValue: "constraint-violated") }
        /// A permission of the catalogue that nothing names.
        public static var unusedPermission: Self { Self(rawValue: "unused-permission") }
        /// A rule that never decides.
        public static var unreachableRule: Self { Self(rawValue: "unreachable-rule") }
        /// A grant that a denial of the same role takes away.
        public static var shadowedGrant: Self { Self(rawValue: "shadowed-grant") }
        /// A grant that another of the same role covers.
        public static var redundantGrant: Self { Self(rawValue: "redundant-grant") }
        /// A role gives nothing.
        public static var emptyRole: Self { Self(rawValue: "empty-role") }
        /// An assignment ends before it begins.
        public static var emptyWindow: Self { Self(rawValue: "empty-window") }

        /// All codes of this version: the errors, then the warnings.
        public static var allCases: [Code] { errors + warnings }

        private static var errors: [Code] {
            [
                .syntax,
                .unknownKey,
                .invalidName,
                .invalidPattern,
                .unknownRole,
                .unknownPermission,
                .inheritanceCycle,
                .duplicateID,
                .invalidRule,
                .invalidCondition,
                .invalidConstraint,
                .invalidAssignment,
                .constraintViolated,
            ]
        }

        private static var warnings: [Code] {
            [.unusedPermission, .unreachableRule, .shadowedGrant, .redundantGrant, .emptyRole, .emptyWindow]
        }

        /// The severity of a finding of this kind. An error keeps the policy from being used.
        public var severity: Severity { Self.warnings.contains(self) ? .warning : .error }
    }
}
