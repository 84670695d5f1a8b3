// Rewrites the given source files in place for mutation testing, and prints what can be mutated: a line for each
// mutation with its number, its place and its code, separated by tabs.

import Foundation

var next = 1
for path in CommandLine.arguments.dropFirst() {
    let mutator = Mutator(try String(contentsOfFile: path, encoding: .utf8), from: next)
    try mutator.rewritten.write(toFile: path, atomically: true, encoding: .utf8)
    for mutation in mutator.mutations {
        print(next, "\(path):\(mutation.line)", mutation.code, separator: "\t")
        next += 1
    }
}
