extension TokenProfile {
    /// Checks `typ` and the category of a header.
    func check(header: JSONNode) throws(TokenError) {
        if let type = header.member("typ") {
            guard types.contains(where: { type.isString($0, ignoringASCIICase: true) }) else {
                throw TokenError(.invalid, "the header's \"typ\" is not that of the accepted kind of token")
            }
        } else if !allowsMissingType {
            throw TokenError(.invalid, "the header has no \"typ\"")
        }
        guard let category, let value = header.member(category.member) else { return }
        if category.invalid.contains(where: { value.isString($0) }) {
            throw TokenError(.invalid, "the header says that this is another kind of token")
        }
        guard category.accepted.contains(where: { value.isString($0) }) else {
            throw TokenError(.typeMismatch, "the header says that this is another kind of token")
        }
    }

    /// Checks that a subject fits this profile. A subject that is not a string is checked elsewhere.
    func check(subject: JSONNode?) throws(TokenError) {
        guard let subject, subject.kind == .string else { return }
        let isOfKind =
            switch self.subject {
            case .any: true
            case .prefixed(let prefix): subject.starts(with: prefix)
            case .notPrefixed(let prefix): !subject.starts(with: prefix)
            }
        guard isOfKind else { throw TokenError(.typeMismatch, "the subject is not of the accepted kind of token") }
    }
}

extension JSONNode {
    fileprivate func starts(with prefix: String) -> Bool {
        content { bytes in
            prefix.withUTF8Bytes { UnsafeBufferPointer(rebasing: bytes.prefix($0.count)).hasSameBytes(as: $0) }
        }
    }
}
