extension PolicyEngine {
    /// A name that a program uses and the policy does not know.
    public struct UnknownName: Sendable, Hashable, CustomStringConvertible {
        /// A kind of name.
        public enum Kind: String, Sendable, CaseIterable {
            case permission
            case role
        }

        /// The kind of name.
        public var kind: Kind
        /// The name.
        public var name: String
        /// The known name that may have been meant; `nil` if no known name is near.
        public var nearest: String?

        /// Makes an entry.
        public init(kind: Kind, name: String, nearest: String? = nil) {
            self.kind = kind
            self.name = name
            self.nearest = nearest
        }

        /// A sentence, such as “the role “edtor” is not defined; did you mean “editor”?”
        public var description: String {
            let subject = "the \(kind.rawValue) “\(name.printable)” "
            let fault = kind == .role ? "is not defined" : "is none that the policy knows"
            return subject + fault + (nearest.map { "; did you mean “\($0.printable)”?" } ?? "")
        }
    }
}
