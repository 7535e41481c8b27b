// Judges checkpoints and proofs of the access log with golang.org/x/mod/sumdb, the library behind Go's own checksum database: a
// second implementation, by others, of what hub/stages/audit does. Reads one JSON document, writes a list of verdicts.
package main

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type question struct {
	Vkey     string
	Bewijzen []struct {
		Nummer       int64
		Boomgrootte  int64
		Regel        []byte
		Zout         []byte
		Pad          [][]byte
		Controlepunt string
	}
	Groei []struct {
		Van string
		Tot string
		Pad [][]byte
	}
}

type answer struct {
	Bewijzen []string
	Groei    []string
}

func main() {
	var q question
	if err := json.NewDecoder(os.Stdin).Decode(&q); err != nil {
		panic(err)
	}
	verifier, err := note.NewVerifier(q.Vkey)
	if err != nil {
		panic(err)
	}
	open := func(text string) (tlog.Tree, error) { return openCheckpoint(text, verifier) }
	a := answer{Bewijzen: []string{}, Groei: []string{}}
	for _, proof := range q.Bewijzen {
		tree, err := open(proof.Controlepunt)
		if err == nil {
			commitment := sha256.Sum256(append(append([]byte{}, proof.Zout...), proof.Regel...))
			err = tlog.CheckRecord(hashes(proof.Pad), tree.N, tree.Hash, proof.Nummer-1, tlog.RecordHash(commitment[:]))
		}
		a.Bewijzen = append(a.Bewijzen, verdict(err))
	}
	for _, growth := range q.Groei {
		from, err := open(growth.Van)
		to, second := open(growth.Tot)
		if err == nil {
			err = second
		}
		if err == nil {
			err = tlog.CheckTree(hashes(growth.Pad), to.N, to.Hash, from.N, from.Hash)
		}
		a.Groei = append(a.Groei, verdict(err))
	}
	if err := json.NewEncoder(os.Stdout).Encode(a); err != nil {
		panic(err)
	}
}

func openCheckpoint(text string, verifier note.Verifier) (tlog.Tree, error) {
	opened, err := note.Open([]byte(text), note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return tlog.Tree{}, fmt.Errorf("no checkpoint of %s", verifier.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return tlog.Tree{}, fmt.Errorf("no root: %v", err)
	}
	return tlog.Tree{N: size, Hash: hashes([][]byte{root})[0]}, nil
}

func hashes(path [][]byte) []tlog.Hash {
	list := make([]tlog.Hash, len(path))
	for i, bytes := range path {
		copy(list[i][:], bytes)
	}
	return list
}

func verdict(err error) string {
	if err != nil {
		return err.Error()
	}
	return "goed"
}
