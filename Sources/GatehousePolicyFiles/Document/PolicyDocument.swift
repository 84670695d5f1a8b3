#if PolicyFiles
public import Gatehouse

/// A policy document in YAML or JSON, with the policy that the document contains, or with all its errors.
///
/// YAML is read by the core schema of YAML 1.2, without anchors, aliases, tags, merge keys and directives. A text whose first byte, after
/// blanks, is `{` is JSON. Both may nest 64 deep and be 32 MiB long.
///
/// ```swift
/// let document = PolicyDocument(reading: bytes)
/// for finding in document.findings { print("policy.yaml:\(finding)") }
/// ```
public struct PolicyDocument: Sendable {
    /// The length of the longest text that is read, in bytes.
    public static let maximumBytes = 32 << 20

    /// The policy; `nil` if one of the findings is an error.
    public let policy: Policy?
    /// The findings with their lines and columns, sorted by position. A `syntax` error is the only finding of its document.
    public let findings: [Finding]

    /// Reads a document. The property ``findings`` lists its faults.
    public init(reading bytes: [UInt8]) {
        do throws(SyntaxError) {
            let tree = try Self.tree(of: bytes)
            var reader = PolicyReader()
            reader.read(tree.root)
            if let first = (tree.errors + reader.errors).enumerated()
                .min(by: { ($0.element.position, $0.offset) < ($1.element.position, $1.offset) })
            {
                throw first.element
            }
            let findings = reader.allFindings()
            self.findings = findings
            policy = findings.contains { $0.severity == .error } ? nil : reader.policy
        } catch {
            policy = nil
            findings = [Finding(.syntax, error.message, position: error.position)]
        }
    }

    /// Returns the policy of a document.
    ///
    /// - Throws: `PolicyError` with all findings if one of them is an error.
    public static func policy(from bytes: [UInt8]) throws(PolicyError) -> Policy {
        let document = PolicyDocument(reading: bytes)
        guard let policy = document.policy else { throw PolicyError(findings: document.findings) }
        return policy
    }

    /// Returns the values of a text in YAML or JSON, with their positions.
    package static func tree(of bytes: [UInt8]) throws(SyntaxError) -> DocumentTree {
        let start = SourcePosition(line: 1, column: 1)
        guard bytes.count <= maximumBytes else {
            throw SyntaxError("the document is longer than 32 MiB", at: start)
        }
        let blanks: [UInt8] = [0x20, 0x09, 0x0A, 0x0D]
        guard let first = bytes.first(where: { !blanks.contains($0) }) else {
            throw SyntaxError("the document is empty", at: start)
        }
        return first == UInt8(ascii: "{") ? try JSONReader.read(bytes) : try YAMLReader.read(bytes)
    }
}

extension PolicyEngine {
    /// Compiles a policy document.
    ///
    /// - Throws: `PolicyError` with all findings if one of them is an error.
    public convenience init(reading bytes: [UInt8]) throws(PolicyError) {
        try self.init(PolicyDocument.policy(from: bytes))
    }
}
#else
public import Gatehouse

/// A policy document in YAML or JSON. The stub has the initializers that programs call, since the compiler reports an initializer that does
/// not fit before it reports the trait.
@available(*, unavailable, message: "enable the trait PolicyFiles of the package gatehouse")
public struct PolicyDocument {
    public init(reading bytes: [UInt8]) {}

    public static func policy(from bytes: [UInt8]) throws(PolicyError) -> Policy { Policy() }
}

extension PolicyEngine {
    /// Compiles a policy document.
    @available(*, unavailable, message: "enable the trait PolicyFiles of the package gatehouse")
    public convenience init(reading bytes: [UInt8]) throws(PolicyError) {
        try self.init(Policy())
    }
}
#endif
