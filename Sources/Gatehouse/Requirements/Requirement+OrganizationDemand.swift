extension Requirement {
    /// The organization that a principal must speak for. Ids and slugs compare by bytes. Where the principal's organization has an id of
    /// Clerk's form, `org_…`, a name of that form is an id and never a slug.
    public enum OrganizationDemand: Sendable, Hashable {
        /// Any organization.
        case any
        /// The organization with this id or slug.
        case named(String)
        /// The organization whose id or slug the path has in this placeholder.
        case inPath(String)
    }
}

extension Requirement.OrganizationDemand: CustomStringConvertible {
    /// The demand in a few words, such as “the organization {org}”.
    public var description: String {
        switch self {
        case .any: "an organization"
        case .named(let name): "the organization \(name.printable)"
        case .inPath(let parameter): "the organization {\(parameter.printable)}"
        }
    }
}
