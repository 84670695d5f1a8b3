#if PolicyFiles
import GatehouseBase

/// A reader of YAML documents that uses Yams. Yams alone is neither safe nor exact enough for text from outside.
///
/// Yams expands aliases while it parses, so that a few lines can become a tree that takes years to hash. Yams drops the difference between
/// a written and an implied tag. Yams returns no tree if a key repeats. For these reasons the indicators of anchors, aliases, tags and
/// complex keys are masked before Yams reads them (``YAMLMask``). The tree is then no larger than the text, and a plain scalar that starts
/// with a masked indicator stands exactly where the text has a real indicator.
enum YAMLReader {
    static func read(_ bytes: [UInt8]) throws(SyntaxError) -> DocumentTree {
        let text = try YAMLText(bytes)
        if let directive = text.firstDirective {
            throw SyntaxError("a YAML directive is not supported", at: directive)
        }
        if let place = text.firstPlaceTooMany {
            throw SyntaxError(
                "the document has more than \(YAMLText.maximumPlaces) values; JSON may have more",
                at: place
            )
        }
        let mask = try YAMLMask(text)
        let tree = LargeStack.run {
            Result { () throws(SyntaxError) in
                var composer = YAMLComposer(mask)
                return try composer.compose()
            }
        }
        guard let tree else {
            throw SyntaxError("there is no thread to read the document on", at: SourcePosition(line: 1, column: 1))
        }
        switch tree {
        case .success(let tree?): return tree
        case .success(nil): throw SyntaxError("the document is empty", at: SourcePosition(line: 1, column: 1))
        case .failure(let error): throw mask.blame(error)
        }
    }
}
#endif
