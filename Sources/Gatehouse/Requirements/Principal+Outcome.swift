extension Principal {
    /// Allows a principal that speaks for the organization.
    ///
    /// - Parameter parameters: The texts of the path's placeholders.
    func outcome(
        speakingFor demand: Requirement.OrganizationDemand,
        _ parameters: [String: String]
    ) -> Requirement.Outcome {
        guard let organization else { return .refused("\(self) speaks for no organization") }
        switch demand {
        case .any: return .allowed
        case .named(let name):
            guard !organization.isNamed(name) else { return .allowed }
            return .refused("\(self) does not speak for \(name.printable)")
        case .inPath(let parameter):
            let name = parameters[parameter] ?? ""
            guard !organization.isNamed(name) else { return .allowed }
            return .refused("\(self) does not speak for \(name.printable), which the path names")
        }
    }

    /// Allows a user who has proved lately who they are.
    func outcome(reverifiedBy reverification: Reverification) -> Requirement.Outcome {
        guard kind == .user, tokenKind == .session else {
            return .refused("\(self) has no session, so that nobody can step up to \(reverification)")
        }
        guard let factorAges, reverification.isMet(by: factorAges) else {
            return .refused("\(self) has not proved \(reverification)", reverification: reverification)
        }
        return .allowed
    }

    /// Allows a credential that has the plan or feature.
    func outcome(having name: String, among entries: [String], _ what: String) -> Requirement.Outcome {
        let isHeld = !isDelegated && ScopedName(name)?.isAmong(entries) ?? false
        return isHeld ? .allowed : .refused("\(self) lacks the \(what) \(name.printable)")
    }

    /// Allows a credential of one of these kinds.
    func outcome(with kinds: Set<TokenKind>) -> Requirement.Outcome {
        let isAccepted = tokenKind.map(kinds.contains) ?? false
        return isAccepted ? .allowed : .refused("the credential is of the kind \(tokenKind?.rawValue ?? "none")")
    }
}

extension Principal.Organization {
    /// Returns true if a text is the id or the slug of the organization.
    ///
    /// An organization whose slug is the id of another must not pass for the other. So where ids have the form of Clerk's, a text of that
    /// form is never a slug.
    package func isNamed(_ name: String) -> Bool {
        guard !name.isEmpty else { return false }
        if id.hasSameBytes(as: name) { return true }
        guard !(name.hasFormOfID && id.hasFormOfID) else { return false }
        return slug?.hasSameBytes(as: name) == true
    }
}

extension String {
    /// True for a text that begins like an organization's id of Clerk.
    fileprivate var hasFormOfID: Bool { utf8.starts(with: "org_".utf8) }
}
