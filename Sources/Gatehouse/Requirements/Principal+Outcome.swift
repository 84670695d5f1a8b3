extension Principal {
    /// Whether it speaks for the organization of this id or slug.
    func outcome(speakingFor named: String?) -> Requirement.Outcome {
        guard let organization else { return .refused("\(self) speaks for no organization") }
        guard let named, organization.isNamed(named) else {
            return .refused("\(self) does not speak for \((named ?? "").printable), which the path names")
        }
        return .allowed
    }

    /// Whether its credential is of one of these kinds.
    func outcome(with kinds: Set<TokenKind>) -> Requirement.Outcome {
        let isAccepted = tokenKind.map(kinds.contains) ?? false
        return isAccepted ? .allowed : .refused("the credential is of the kind \(tokenKind?.rawValue ?? "none")")
    }
}

extension Principal.Organization {
    fileprivate func isNamed(_ name: String) -> Bool {
        id.hasSameBytes(as: name) || slug?.hasSameBytes(as: name) == true
    }
}
