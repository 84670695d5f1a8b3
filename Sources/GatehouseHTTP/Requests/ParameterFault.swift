import Gatehouse

/// A reason for which guard and handler could use different values of a placeholder.
enum ParameterFault: Sendable {
    /// The route has a placeholder of this name twice.
    case repeated(String)
    /// Two parsers could read the value of this placeholder differently.
    case unclear(String)

    /// The sentence for the log.
    var sentence: String {
        switch self {
        case .repeated(let name): "the route has the placeholder \(name.printable) twice"
        case .unclear(let name): "the path's value for the placeholder \(name.printable) could be read in two ways"
        }
    }

    /// True if a request with this fault does not meet the requirement, whatever the requirement says.
    func refuses(_ requirement: Requirement) -> Bool {
        switch self {
        case .repeated: true
        case .unclear: requirement.dependsOnPath
        }
    }
}

extension Requirement {
    /// True if the answer depends on placeholders of the path. A closure may depend on them.
    package var dependsOnPath: Bool {
        leaves.contains { leaf in if case .custom = leaf { true } else { leaf.pathParameter != nil } }
    }
}
