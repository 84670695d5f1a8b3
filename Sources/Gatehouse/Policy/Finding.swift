/// Something wrong with a policy, and where.
public struct Finding: Sendable, Hashable, CustomStringConvertible {
    /// The severity of a finding.
    public enum Severity: String, Sendable {
        /// Keeps the policy from being used; always found.
        case error
        /// Advice. Where patterns overlap so much that telling which cover others would take too long, it is not given.
        case warning
    }

    /// The kind of finding.
    public var code: Code
    /// A sentence that a person can act on.
    public var message: String
    /// The part of the policy that it concerns; `nil` if the text could not be read as a policy.
    public var location: Location?
    /// The position in the document; `nil` for a policy that was written in Swift.
    public var position: SourcePosition?

    /// The severity.
    public var severity: Severity { code.severity }

    /// Makes a finding.
    public init(
        _ code: Code,
        _ message: String,
        at location: Location? = nil,
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
