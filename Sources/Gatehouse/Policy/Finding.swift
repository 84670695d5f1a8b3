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
        case invalidAssignment = "invalid-assignment"
    }

    /// How bad it is. An error keeps the policy from being used.
    public enum Severity: String, Sendable {
        case error
        case warning
    }

    /// What kind of thing is wrong.
    public var code: Code
    /// How bad it is.
    public var severity: Severity
    /// One sentence that a person can act on.
    public var message: String
    /// Which part of the policy it concerns; nil where the text could not be read as a policy.
    public var location: PolicyLocation?
    /// Where it stands in the document; nil for a policy that was written in Swift.
    public var position: SourcePosition?

    /// Makes a finding.
    public init(
        _ code: Code,
        severity: Severity = .error,
        _ message: String,
        at location: PolicyLocation? = nil,
        position: SourcePosition? = nil
    ) {
        self.code = code
        self.severity = severity
        self.message = message
        self.location = location
        self.position = position
    }

    public var description: String {
        let place = position.map { "\($0): " } ?? location.map { "\($0): " } ?? ""
        return "\(place)\(severity.rawValue): \(message) [\(code.rawValue)]"
    }
}

/// A part of a policy, by its place in the value: what a document translates into a line and column.
public enum PolicyLocation: Sendable, Hashable, CustomStringConvertible {
    /// An entry of the catalogue.
    case permission(Int)
    /// A role, by its name.
    case role(Int)
    /// One of the roles that a role inherits.
    case inherited(role: Int, Int)
    /// One of a role's grants.
    case grant(role: Int, Int)
    /// One of a role's denials.
    case denial(role: Int, Int)
    /// A member of an assignment; nil: the assignment itself.
    case assignment(Int, AssignmentMember?)

    /// The members of an assignment.
    public enum AssignmentMember: String, Sendable, CaseIterable {
        case principal, organization, role, resource, notBefore, notAfter
    }

    public var description: String {
        switch self {
        case .permission(let index): "permissions[\(index)]"
        case .role(let index): "roles[\(index)]"
        case .inherited(let role, let index): "roles[\(role)].inherits[\(index)]"
        case .grant(let role, let index): "roles[\(role)].grants[\(index)]"
        case .denial(let role, let index): "roles[\(role)].denies[\(index)]"
        case .assignment(let index, let member): "assignments[\(index)]" + (member.map { ".\($0.rawValue)" } ?? "")
        }
    }
}

/// A policy that cannot be used, with everything that is wrong with it.
public struct PolicyError: Error, Sendable, CustomStringConvertible {
    /// What is wrong; at least one is an error. Sorted by position where there are positions.
    public let findings: [Finding]

    /// Makes an error.
    public init(findings: [Finding]) {
        self.findings = findings
    }

    public var description: String {
        findings.map(\.description).joined(separator: "\n")
    }
}
