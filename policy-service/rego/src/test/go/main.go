// Decisions a second that OPA's own library gives, for the comparison that the soak tests print: the query prepared once, the
// data in OPA's in-memory store, the input parsed before the clock starts.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
)

type result struct {
	PerSecond float64 `json:"perSecond"` // of all callers together
	P50Micros float64 `json:"p50Micros"` // of one caller alone
	P99Micros float64 `json:"p99Micros"`
	Value     any     `json:"value"` // what the query came to, for the reader to compare
}

func main() {
	rules := flag.String("rules", "", "folder of modules")
	data := flag.String("data", "", "file of the data document")
	input := flag.String("input", "", "file of the input document")
	query := flag.String("query", "", "query with one value")
	callers := flag.Int("callers", 1, "callers at once")
	length := flag.Duration("length", 5*time.Second, "how long to measure, after as long a warm-up")
	flag.Parse()

	var base map[string]any
	read(*data, &base)
	var given any
	read(*input, &given)
	parsed, err := ast.InterfaceToValue(given)
	check(err)
	ctx := context.Background()
	options := append(modules(*rules),
		rego.Query(*query),
		rego.Store(inmem.NewFromObjectWithOpts(base, inmem.OptReturnASTValuesOnRead(true))))
	prepared, err := rego.New(options...).PrepareForEval(ctx)
	check(err)
	once := func() any {
		found, err := prepared.Eval(ctx, rego.EvalParsedInput(parsed))
		check(err)
		return found[0].Expressions[0].Value
	}

	measured := result{Value: once()}
	nanosFor(*length, once)
	alone := nanosFor(*length, once)
	slices.Sort(alone)
	measured.P50Micros = float64(alone[len(alone)/2]) / 1e3
	measured.P99Micros = float64(alone[len(alone)*99/100]) / 1e3
	counts := make([]int, *callers)
	var all sync.WaitGroup
	start := time.Now()
	for i := range counts {
		all.Add(1)
		go func() {
			defer all.Done()
			counts[i] = len(nanosFor(*length, once))
		}()
	}
	all.Wait()
	took := time.Since(start).Seconds()
	for _, count := range counts {
		measured.PerSecond += float64(count) / took
	}
	check(json.NewEncoder(os.Stdout).Encode(measured))
}

func modules(folder string) []func(*rego.Rego) {
	var found []func(*rego.Rego)
	check(filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && filepath.Ext(path) == ".rego" {
			text, unread := os.ReadFile(path)
			found = append(found, rego.Module(path, string(text)))
			return unread
		}
		return err
	}))
	return found
}

func nanosFor(length time.Duration, once func() any) []int64 {
	var nanos []int64
	for start := time.Now(); time.Since(start) < length; {
		before := time.Now()
		once()
		nanos = append(nanos, time.Since(before).Nanoseconds())
	}
	return nanos
}

func read(file string, into any) {
	text, err := os.ReadFile(file)
	check(err)
	check(json.Unmarshal(text, into))
}

func check(err error) {
	if err != nil {
		log.Fatal(fmt.Errorf("opa: %w", err))
	}
}
