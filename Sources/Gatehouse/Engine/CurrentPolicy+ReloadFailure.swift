extension CurrentPolicy {
    /// A reload that failed, and which policy stayed in force.
    public struct ReloadFailure: Error, Sendable, CustomStringConvertible {
        /// The reason for which the new policy is not used.
        public let code: Code
        /// The findings in the new policy; empty if the policy could not be read.
        public let findings: [Finding]
        /// The message of the loader: one line, cut at 1,024 characters.
        public let message: String
        /// The policy that stayed in force.
        public let revision: PolicyRevision

        /// Makes a failure.
        ///
        /// - Parameters:
        ///   - error: The loader's error.
        ///   - revision: The policy that stays in force.
        public init(_ error: any Error, keeping revision: PolicyRevision) {
            self.init(error, keeping: revision, in: nil)
        }

        /// Makes a failure.
        ///
        /// - Parameter file: The path of the file that has the findings; `nil` if there is no file.
        init(_ error: any Error, keeping revision: PolicyRevision, in file: String?) {
            findings = (error as? PolicyError)?.findings ?? []
            code = findings.isEmpty ? .loadFailed : .unsound
            let place = findings.isEmpty ? "" : file.map { "\($0):" } ?? ""
            message = "\(place)\(error)".inOneLine()
            self.revision = revision
        }

        public var description: String { "the policy could not be reloaded, \(revision) stays in force: \(message)" }
    }
}

extension CurrentPolicy.ReloadFailure {
    /// A reason for which a new policy is not used.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The code as a text.
        public let rawValue: String

        /// Makes a code with this text.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The code as a text.
        public var description: String { rawValue }

        /// The policy could not be read.
        public static var loadFailed: Self { Self(rawValue: "load-failed") }
        /// The policy has errors, which are in its findings.
        public static var unsound: Self { Self(rawValue: "unsound") }
    }
}
