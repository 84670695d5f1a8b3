/// Something wrong with a policy, and where.
public struct Finding: Sendable, Hashable, CustomStringConvertible {
    /// What kind of thing is wrong.
    public enum Code: String, Sendable, CaseIterable {
        case syntax
        case unknownKey = "unknown-key"
        case invalidName = "invalid-name"
        case invalidPattern = "invalid-pattern"
        case unknownRole = "unknown-role"
        case unknownPermission = "unknown-permission"
        case inheritanceCycle = "inheritance-cycle"
        case duplicateID = "duplicate-id"
        case invalidRule = "invalid-rule"
        case invalidCondition = "invalid-condition"
        case invalidConstraint = "invalid-constraint"
        case invalidAssignment = "invalid-assignment"
        case constraintViolated = "constraint-violated"
        case unusedPermission = "unused-permission"
        case unreachableRule = "unreachable-rule"
        case shadowedGrant = "shadowed-grant"
        case redundantGrant = "redundant-grant"
        case emptyRole = "empty-role"
        case emptyWindow = "empty-window"

        /// How bad a finding of this kind is. An error keeps the policy from being used.
        public var severity: Severity {
            switch self {
            case .unusedPermission, .unreachableRule, .shadowedGrant, .redundantGrant, .emptyRole, .emptyWindow:
                .warning
            default: .error
            }
        }
    }

    /// How bad a finding is.
    public enum Severity: String, Sendable {
        /// Keeps the policy from being used; always found.
        case error
        /// Advice. Where patterns overlap so much that telling which cover others would take too long, it is not given.
        case warning
    }

    /// What kind of thing is wrong.
    public var code: Code
    /// One sentence that a person can act on.
    public var message: String
    /// Which part of the policy it concerns; nil where the text could not be read as a policy.
    public var location: PolicyLocation?
    /// Where it stands in the document; nil for a policy that was written in Swift.
    public var position: SourcePosition?

    /// How bad it is.
    public var severity: Severity { code.severity }

    /// Makes a finding.
    public init(
        _ code: Code,
        _ message: String,
        at location: PolicyLocation? = nil,
        position: SourcePosition? = nil
    ) {
        self.code = code
        self.message = message
        self.location = location
        self.position = position
    }

    public var description: String {
        let place = position.map { "\($0): " } ?? location.map { "\($0): " } ?? ""
        return "\(place)\(severity.rawValue): \(message) [\(code.rawValue)]"
    }
}

/// A policy that cannot be used, with everything that is wrong with it.
public struct PolicyError: Error, Sendable, CustomStringConvertible {
    /// What is wrong; at least one is an error, unless ``failure`` says why there is none. Sorted by position where there
    /// are positions.
    public let findings: [Finding]
    /// What the machine failed at, so that a policy without errors cannot be used all the same; `nil` if the findings say
    /// what is wrong.
    public let failure: String?

    /// Makes an error.
    public init(findings: [Finding]) {
        self.findings = findings
        failure = nil
    }

    init(failure: String) {
        findings = []
        self.failure = failure
    }

    public var description: String {
        failure ?? findings.map(\.description).joined(separator: "\n")
    }
}
