extension Policy {
    /// Returns the assignments that never hold, since they end before they begin.
    func emptyWindows() -> [Finding] {
        assignments.enumerated().compactMap { position, assignment in
            guard let notBefore = assignment.role.notBefore, let notAfter = assignment.role.notAfter,
                notBefore >= notAfter
            else { return nil }
            let message =
                "“\(assignment.principal.printable)” never holds “\(assignment.role.role)”: it would cease to at \(notAfter), "
                + "and begin to at \(notBefore)"
            return Finding(.emptyWindow, message, at: .assignment(position, .notAfter))
        }
    }
}
